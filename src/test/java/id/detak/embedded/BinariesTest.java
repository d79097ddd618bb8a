package id.detak.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.detak.testsupport.BesideTheApplication;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

@BesideTheApplication
class BinariesTest {

    @TempDir
    Path folder;

    @Test
    void incompleteBinariesAreUnpackedAgain() throws Exception {
        Path whole = Binaries.unpack(folder, Platform.current());
        assertThat(whole.resolve("bin/pg_ctl")).isExecutable();
        assertThat(entries()).containsExactly(whole.getFileName().toString());

        Files.delete(whole.resolve("bin/initdb"));
        Files.createDirectories(folder.resolve(whole.getFileName() + ".new/bin"));
        Files.writeString(folder.resolve(whole.getFileName() + ".new/bin/postgres"), "half of it");

        assertThat(Binaries.unpack(folder, Platform.current())).isEqualTo(whole);
        assertThat(whole.resolve("bin/initdb")).isExecutable();
        assertThat(entries()).containsExactly(whole.getFileName().toString());
    }

    private List<String> entries() throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.map(path -> path.getFileName().toString()).toList();
        }
    }

    @Test
    void archiveIsFoundByPlatformName() {
        assertThat(Platform.of("Linux", "amd64").archiveName()).isEqualTo("postgres-linux-x86_64.txz");
        assertThat(Platform.of("Linux", "aarch64").archiveName()).isEqualTo("postgres-linux-arm_64.txz");
        assertThat(Platform.of("Mac OS X", "aarch64").archiveName()).isEqualTo("postgres-darwin-arm_64.txz");
        assertThat(Platform.of("Mac OS X", "x86_64").archiveName()).isEqualTo("postgres-darwin-x86_64.txz");
        assertThat(Platform.of("Windows 11", "amd64").archiveName()).isEqualTo("postgres-windows-x86_64.txz");
    }

    @Test
    void missingPlatformReportsWhatToDo() {
        assertThatThrownBy(() -> Binaries.unpack(folder, Platform.of("Plan9", "mips")))
                .isInstanceOf(DatabaseUnavailableException.class)
                .hasMessage("This build has no PostgreSQL for plan9-mips: build it on this machine, or set"
                        + " DETAK_DB_URL to a database that you run.");
    }

    @Test
    void linksAreKept() throws Exception {
        TarArchiveEntry link = new TarArchiveEntry("lib/libpq.so", TarConstants.LF_SYMLINK);
        link.setLinkName("libpq.so.5");

        TarXz.unpack(archive(new TarArchiveEntry("lib/libpq.so.5"), link), folder);

        assertThat(Files.readSymbolicLink(folder.resolve("lib/libpq.so"))).hasToString("libpq.so.5");
    }

    @Test
    void entriesCannotLeaveTheFolder() throws Exception {
        TarArchiveEntry linkOut = new TarArchiveEntry("lib/out", TarConstants.LF_SYMLINK);
        linkOut.setLinkName("../../elsewhere");
        Path inner = Files.createDirectory(folder.resolve("inner"));

        for (TarArchiveEntry entry :
                List.of(new TarArchiveEntry("../evil"), new TarArchiveEntry("lib/../../evil"), linkOut)) {
            assertThatThrownBy(() -> TarXz.unpack(archive(entry), inner))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("leads out of the archive");
        }
        assertThat(entries()).containsExactly("inner");
    }

    private static InputStream archive(TarArchiveEntry... entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new XZOutputStream(bytes, new LZMA2Options(0)))) {
            for (TarArchiveEntry entry : entries) {
                byte[] content = entry.isFile() ? "content".getBytes(StandardCharsets.UTF_8) : new byte[0];
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
