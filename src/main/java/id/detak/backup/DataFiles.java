package id.detak.backup;

import id.detak.platform.DurableFiles;
import id.detak.platform.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The files of a data folder that a backup contains. The embedded database and its password belong to the folder, not
 * to the data.
 */
record DataFiles(Path folder) {

    static final String KEY = "secret-key";
    static final List<String> NAMES = List.of(KEY, "idx-holidays.csv", "calendars.csv", "indicators.csv");

    Optional<byte[]> read(String name) {
        try {
            return Optional.of(Files.readAllBytes(folder.resolve(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UserException(
                    "The file " + folder.resolve(name) + " cannot be read: make it readable for this user.");
        }
    }

    /** Whether a different file of that name exists. */
    boolean differs(String name, byte[] content) {
        return read(name).filter(existing -> !Arrays.equals(existing, content)).isPresent();
    }

    void write(String name, byte[] content) {
        try {
            Files.createDirectories(folder, DurableFiles.permissions("rwx------"));
            DurableFiles.write(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UserException("The file " + folder.resolve(name) + " cannot be written (" + e.getMessage()
                    + "): make the folder writable for this user.");
        }
    }

    void delete(String name) {
        try {
            Files.deleteIfExists(folder.resolve(name));
        } catch (IOException e) {
            throw new UserException(
                    "The file " + folder.resolve(name) + " cannot be deleted: delete it before you try again.");
        }
    }
}
