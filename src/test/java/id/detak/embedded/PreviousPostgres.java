package id.detak.embedded;

import id.detak.platform.FileLocks;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;

/** An embedded database as an earlier build made it, with the previous major version of PostgreSQL. */
public final class PreviousPostgres {

    private static final Path JAR =
            Path.of("target", "previous-postgresql", "binaries.jar").toAbsolutePath();

    private PreviousPostgres() {}

    /** Whether the build has brought the programs, which it does on Linux x86-64. */
    public static boolean isAvailable() {
        return Files.exists(JAR);
    }

    /** Creates and starts the database of a data folder. */
    public static EmbeddedPostgres open(Path dataFolder) throws IOException {
        EmbeddedFolder folder = EmbeddedFolder.prepare(dataFolder);
        Platform platform = Platform.current();
        URL archive = new URL("jar:" + JAR.toUri() + "!/" + platform.archiveName());
        Path binaries = Binaries.unpack(folder.binaries(), platform, archive);
        return new EmbeddedPostgres(OwnedServer.start(
                folder,
                EmbeddedPostgres.Role.SERVE,
                FileLocks.tryExclusive(folder.ownerLock()).orElseThrow(),
                new PostgresPrograms(binaries, platform, folder)));
    }
}
