package id.detak.embedded;

/** A running PostgreSQL, as the process that opened it holds it. */
sealed interface Server extends AutoCloseable permits OwnedServer, SharedServer {

    EmbeddedDatabase database();

    @Override
    void close();
}
