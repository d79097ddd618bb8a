package id.detak.testsupport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A class data archive (JEP 350) of the packaged program, since a command spends a quarter of its time on loading
 * classes. One process writes it when it ends; later processes use it if it exists.
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

    /** The JVM options for using the archive; none if it is older than the jar. */
    List<String> reading() {
        return file.toFile().lastModified() > jar.toFile().lastModified()
                ? List.of("-XX:SharedArchiveFile=" + file)
                : List.of();
    }

    /**
     * The JVM options for writing the archive. Logging is off, because the JVM would report skipped classes on standard
     * output.
     */
    List<String> writing() {
        return List.of("-Xlog:disable", "-XX:ArchiveClassesAtExit=" + unfinished);
    }

    /** Makes the archive available after its process has ended, so that no process reads half of it. */
    void written() {
        try {
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new AssertionError("The class data archive was not written.", e);
        }
    }
}
