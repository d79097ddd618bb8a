package id.detak.platform.postgres;

/** A running PostgreSQL, as the process that opened it holds it. */
sealed interface Server extends AutoCloseable permits OwnedServer, JoinedServer {

    Database database();

    @Override
    void close();
}
