package id.detak.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.UUID;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * Identifies the build in entity tags, since another build may write the same history differently. A jar has the same
 * id on every server and after every start; a program that runs from classes, as in development, has a new id each
 * time.
 */
public final class BuildId {

    /** The id of the running program. */
    public static final String OWN = of(BuildId.class);

    private BuildId() {}

    private static String of(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        try {
            Path jar = source == null || source.getLocation() == null
                    ? null
                    : Path.of(source.getLocation().toURI());
            return jar != null && Files.isRegularFile(jar)
                    ? checksum(jar)
                    : UUID.randomUUID().toString();
        } catch (Exception e) {
            // not a file
            return UUID.randomUUID().toString();
        }
    }

    private static String checksum(Path jar) throws IOException {
        try (CheckedInputStream in = new CheckedInputStream(Files.newInputStream(jar), new CRC32())) {
            in.transferTo(OutputStream.nullOutputStream());
            return Long.toHexString(in.getChecksum().getValue());
        }
    }
}
