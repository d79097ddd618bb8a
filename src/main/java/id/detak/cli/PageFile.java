package id.detak.cli;

import id.detak.capture.fetch.PageDecoder;
import id.detak.platform.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A saved page: a file, or standard input where the name is {@code -}. */
record PageFile(String name) {

    /** @throws UserException where it cannot be read */
    String read() {
        try {
            byte[] bytes = name.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(name));
            return PageDecoder.decode(bytes, null);
        } catch (NoSuchFileException e) {
            throw new UserException(name + " does not exist.");
        } catch (IOException | java.nio.file.InvalidPathException e) {
            throw new UserException(name + " cannot be read" + (Files.isDirectory(Path.of(name)) ? ": it is a folder." : ": " + e.getMessage()));
        }
    }
}
