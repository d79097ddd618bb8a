package id.detak.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The PostgreSQL programs of all tests' databases, unpacked once: unpacking takes longer than starting. */
public final class SharedBinaries {

    /** Apart from the folder that the tests of this package play with. */
    private static final Path FOLDER = Path.of("target", "test-data-binaries").toAbsolutePath();
    /**
     * One object in the whole JVM, whichever class loader this class comes from: databases of two tests may start at
     * once.
     */
    private static final Object LOCK = "detak.test-data-binaries".intern();

    private SharedBinaries() {}

    /** Makes them those of a data folder, by a link. */
    public static void link(Path dataFolder) {
        synchronized (LOCK) {
            Binaries.unpack(FOLDER, Platform.current());
        }
        try {
            Files.createSymbolicLink(dataFolder.resolve("binaries"), FOLDER);
        } catch (IOException | UnsupportedOperationException e) {
            // Windows allows links to few users: then they are unpacked for each database
        }
    }
}
