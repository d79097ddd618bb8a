package id.detak.backup;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.detak.testsupport.BesideTheApplication;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a backup inflates to is limited, whatever it declares. */
@BesideTheApplication
class BackupFileTest {

    private static final int CENTRAL_HEADER = 0x02014b50;
    private static final int SIZE_OFFSET = 24;

    @TempDir
    Path folder;

    @Test
    void manifestThatIsLargerThanItDeclaresIsRefused() throws IOException {
        Path bomb = folder.resolve("bomb.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(bomb))) {
            zip.putNextEntry(new ZipEntry(Manifest.NAME));
            zip.write(new byte[17 * 1024 * 1024]);
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(bomb)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = bytes.limit() - SIZE_OFFSET; i >= 0; i--) {
            if (bytes.getInt(i) == CENTRAL_HEADER) {
                bytes.putInt(i + SIZE_OFFSET, 10);
            }
        }
        Files.write(bomb, bytes.array());
        assertThatThrownBy(() -> BackupFile.open(bomb))
                .isInstanceOf(NotRestorableException.class)
                .hasMessageContaining(Manifest.NAME + " is larger than");
    }
}
