package id.detak.testsupport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The classes of the packaged program in the form that a JVM maps into its memory (JEP 350): a command spends a quarter of its time
 * on loading them. One process writes them down as it ends; those that start after it read them, and do without them where they
 * are not there.
 */
final class ClassArchive {

    private final Path jar;
    private final Path file;
    private final Path unfinished;

    ClassArchive(Path jar, Path folder) {
        this.jar = jar;
        file = folder.resolve("classes.jsa");
        unfinished = folder.resolve("classes.jsa.new");
    }

    /** Those of an earlier build are of no use. */
    List<String> reading() {
        return file.toFile().lastModified() > jar.toFile().lastModified() ? List.of("-XX:SharedArchiveFile=" + file) : List.of();
    }

    /** Which classes it leaves out the JVM would tell on standard output. */
    List<String> writing() {
        return List.of("-Xlog:disable", "-XX:ArchiveClassesAtExit=" + unfinished);
    }

    /** When the process that wrote it has ended: nobody reads half of it. */
    void written() {
        try {
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new AssertionError("The classes of the packaged program were not written down.", e);
        }
    }
}
