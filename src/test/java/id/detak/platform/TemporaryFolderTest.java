package id.detak.platform;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.BesideTheApplication;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@BesideTheApplication
class TemporaryFolderTest {

    @TempDir
    Path parent;

    @Test
    void foldersOfEndedProcessesAreDeleted() throws Exception {
        Files.createDirectories(parent.resolve("detak-ended/vertx-cache"));
        Files.writeString(parent.resolve("detak-ended/vertx-cache/file"), "left");
        Files.createFile(parent.resolve("detak-ended.lock"));
        Files.createDirectory(parent.resolve("detak-running"));
        Files.createDirectory(parent.resolve("detak-without-lock"));
        Files.createFile(parent.resolve("other.lock"));
        try (FileLocks.Held running =
                FileLocks.tryExclusive(parent.resolve("detak-running.lock")).orElseThrow()) {
            TemporaryFolder.deleteLeftovers(parent);
        }
        assertThat(parent)
                .isDirectoryNotContaining("glob:**detak-ended*")
                .isDirectoryContaining("glob:**/detak-running")
                .isDirectoryContaining("glob:**/detak-running.lock")
                .isDirectoryContaining("glob:**/detak-without-lock")
                .isDirectoryContaining("glob:**/other.lock");
    }
}
