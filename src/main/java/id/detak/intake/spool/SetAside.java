package id.detak.intake.spool;

import id.detak.platform.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The attempts that could never be written, in a folder beside those of the processes. A file's name is the folder of
 * its source, a dash, and its name in the spool.
 */
public final class SetAside {

    static final String FOLDER = "set-aside";

    private static final Pattern NAME = Pattern.compile("(of-.+)-(\\d{20}-[a-z]+-.+)");

    private final Path spool;
    private final Path folder;

    /** @param spool the folder {@code spool} in the data folder */
    public SetAside(Path spool) {
        this.spool = spool;
        this.folder = spool.resolve(FOLDER);
    }

    /** The files, oldest first within each source. */
    public List<Path> files() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            file -> NAME.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void add(SpooledAttempt spooled) throws IOException {
        Path original = spooled.file();
        Path file = folder.resolve(original.getParent().getFileName() + "-" + original.getFileName());
        Files.createDirectories(folder, DurableFiles.permissions("rwx------"));
        if (spooled.held() == null) {
            DurableFiles.rename(original, file);
        } else {
            DurableFiles.write(file, spooled.held());
        }
    }

    /**
     * Moves all attempts back into the spool, into a folder that the serving process takes over within half a minute,
     * or at its next start.
     *
     * @return how many attempts were moved
     */
    public int retry() throws IOException {
        List<Path> files = files();
        if (files.isEmpty()) {
            return 0;
        }
        SpoolFolders folders = SpoolFolders.in(spool);
        // locked until all files are there: a serving process reads a folder once
        folders.holdOwn();
        try {
            Files.createDirectories(folders.own(), DurableFiles.permissions("rwx------"));
            DurableFiles.giveToOwnerOf(spool, folders.own());
            DurableFiles.giveToOwnerOf(spool, SpoolFolders.lockOf(folders.own()));
            for (Path file : files) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                name.matches();
                Path source = folders.own().resolve(name.group(1));
                Files.createDirectories(source, DurableFiles.permissions("rwx------"));
                DurableFiles.giveToOwnerOf(spool, source);
                DurableFiles.rename(file, source.resolve(name.group(2)));
            }
        } finally {
            folders.close();
        }
        return files.size();
    }
}
