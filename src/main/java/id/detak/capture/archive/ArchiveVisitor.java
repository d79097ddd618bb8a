package id.detak.capture.archive;

import java.io.IOException;

/** Is told what an archive holds, in its order. */
public interface ArchiveVisitor {

    /** @throws IOException ends the reading */
    void page(ArchivedPage page) throws IOException;

    void problem(ArchiveProblem problem);

    /** @param bytesRead how far the reading has come in the file as stored */
    default void progress(long bytesRead) {
    }
}
