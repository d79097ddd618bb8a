package id.detak.embedded;

/** A running PostgreSQL that this process has opened. */
sealed interface Server extends AutoCloseable permits OwnedServer, SharedServer {

    EmbeddedDatabase database();

    @Override
    void close();
}
