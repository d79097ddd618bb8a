package id.detak.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.detak.platform.Gzip;
import id.detak.platform.UserException;
import id.detak.testsupport.BesideTheApplication;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file inflates to is limited. */
@BesideTheApplication
class ImportFileTest {

    private static final int LIMIT = 5 * 1024 * 1024;

    @TempDir
    Path folder;

    private ImportFile file(byte[] content) throws IOException {
        return ImportFile.open(
                Files.write(folder.resolve("page.html.gz"), content).toString());
    }

    @Test
    void pageOfTheLargestSizeIsRead() throws IOException {
        try (ImportFile file = file(Gzip.compress(new byte[LIMIT]))) {
            assertThat(file.page()).hasSize(LIMIT);
        }
    }

    @Test
    void pageThatInflatesBeyondTheLimitIsRefused() throws IOException {
        try (ImportFile file = file(Gzip.compress(new byte[LIMIT + 1]))) {
            assertThatThrownBy(file::page).isInstanceOf(UserException.class).hasMessageContaining("larger than 5 MB");
        }
    }

    @Test
    void twiceCompressedFileIsReadAndMoreIsRefused() throws IOException {
        byte[] twice = Gzip.compress(Gzip.compress("page".getBytes(StandardCharsets.UTF_8)));
        try (ImportFile file = file(twice)) {
            assertThat(file.page()).isEqualTo("page");
        }
        byte[] thrice = Gzip.compress(twice);
        assertThatThrownBy(() -> file(thrice))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("compressed more than twice");
    }
}
