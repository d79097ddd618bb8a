package id.detak.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** PostgreSQL's log, for messages and to find out why a start failed. */
final class ServerLog {

    private static final long ROTATE_ABOVE = 10_000_000;
    private static final int READ_AT_MOST = 16_384;
    private static final int SUMMARY_LINES = 3;
    private static final int SUMMARY_LENGTH = 400;

    private ServerLog() {}

    static void rotate(Path log) {
        try {
            if (Files.exists(log) && Files.size(log) > ROTATE_ABOVE) {
                Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            // a long log must not prevent the start
        }
    }

    static long size(Path log) {
        try {
            return Files.exists(log) ? Files.size(log) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    static String since(Path log, long position) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(Math.max(position, file.length() - READ_AT_MOST));
            byte[] bytes = new byte[(int) Math.max(0, file.length() - file.getFilePointer())];
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /** The last lines, joined, without timestamps. */
    static String summary(String text) {
        List<String> lines = text.lines()
                .map(line -> line.replaceFirst("^[-0-9]{10} [:.0-9]+ \\S+ \\[\\d+] ", "")
                        .strip())
                .filter(line -> !line.isEmpty())
                .toList();
        String last = String.join("; ", lines.subList(Math.max(0, lines.size() - SUMMARY_LINES), lines.size()));
        if (last.isEmpty()) {
            return "it said nothing";
        }
        return last.length() <= SUMMARY_LENGTH ? last : "…" + last.substring(last.length() - SUMMARY_LENGTH);
    }
}
