package id.detak.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The PostgreSQL programs for all test databases, unpacked once, since unpacking takes longer than starting. */
public final class SharedBinaries {

    /** Separate from the folder that the tests of this package change. */
    private static final Path FOLDER = Path.of("target", "test-data-binaries").toAbsolutePath();
    /** One object in the whole JVM for all class loaders, since databases of two tests may start at once. */
    private static final Object LOCK = "detak.test-data-binaries".intern();

    private SharedBinaries() {}

    /** Links them into a data folder. */
    public static void link(Path dataFolder) {
        synchronized (LOCK) {
            Binaries.unpack(FOLDER, Platform.current());
        }
        try {
            Files.createSymbolicLink(dataFolder.resolve("binaries"), FOLDER);
        } catch (IOException | UnsupportedOperationException e) {
            // Windows allows few users to create links; then they are unpacked for each database
        }
    }
}
