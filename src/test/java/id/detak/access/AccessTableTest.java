package id.detak.access;

import id.detak.testsupport.AccessTable;
import id.detak.testsupport.TestDatabase;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** The routes with open reading; ReplicasAccessIT checks them with closed reading. */
@QuarkusTest
class AccessTableTest {

    @TestHTTPResource("/")
    URI site;

    @Test
    void accessMatchesTheTable() throws IOException {
        new AccessTable(URI.create("http://" + site.getAuthority()), true, TestDatabase.ADMIN_TOKEN).verify();
    }
}
