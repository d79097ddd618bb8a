package id.detak;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.BesideTheApplication;
import id.detak.testsupport.KnownBadVersions;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No library of the program has a version with a known hole. Needs no network. */
@BesideTheApplication
class KnownBadVersionsTest {

    /** A jar in a Maven repository. */
    private static final Pattern JAR = Pattern.compile(".*/repository/(.+)/([^/]+)/([^/]+)/[^/]+\\.jar");

    @Test
    void noLibraryHasAKnownHole() throws IOException {
        KnownBadVersions bad = new KnownBadVersions();
        List<String> seen = new ArrayList<>();
        List<String> objections = new ArrayList<>();
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (String entry : path.split(File.pathSeparator)) {
            Matcher jar = JAR.matcher(entry.replace(File.separatorChar, '/'));
            if (jar.matches()) {
                seen.add(jar.group(2));
                bad.objection(jar.group(1).replace('/', '.'), jar.group(2), jar.group(3))
                        .ifPresent(objections::add);
            }
        }
        assertThat(seen).contains("netty-codec-http", "jackson-databind", "postgresql", "quarkus-vertx-http");
        assertThat(objections).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "4.1.133.Final, true",
        "4.1.138.Final, false",
        "4.1.140.Final, false",
        "4.2.1.Final, false",
        "4.1, true",
        "3.10, true"
    })
    void versionsAreComparedByTheirNumbers(String version, boolean bad) throws IOException {
        assertThat(new KnownBadVersions()
                        .objection("io.netty", "netty-codec-http", version)
                        .isPresent())
                .isEqualTo(bad);
    }
}
