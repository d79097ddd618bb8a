package id.detak.http;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.BesideTheApplication;
import org.junit.jupiter.api.Test;

@BesideTheApplication
class EntityTagsTest {

    private final EntityTags tags = EntityTags.of("build", "stamp");

    @Test
    void differByEncodingStampAndBuild() {
        assertThat(tags.plain()).matches("\"[A-Za-z0-9_-]{24}\"");
        assertThat(tags.gzip()).matches("\"[A-Za-z0-9_-]{24}-gzip\"");
        assertThat(tags)
                .isEqualTo(EntityTags.of("build", "stamp"))
                .isNotEqualTo(EntityTags.of("build", "stamp2"))
                .isNotEqualTo(EntityTags.of("build2", "stamp"));
    }

    @Test
    void matchInListsAndCompareWeakly() {
        assertThat(tags.match(tags.plain(), false)).isEqualTo(tags.plain());
        assertThat(tags.match("W/" + tags.plain(), false)).isEqualTo(tags.plain());
        assertThat(tags.match("\"a\", \"b,c\"," + tags.plain() + " , \"d\"", false))
                .isEqualTo(tags.plain());
        assertThat(tags.match(tags.plain() + ", " + tags.gzip(), true)).isEqualTo(tags.gzip());
        assertThat(tags.match(tags.plain(), true)).isEqualTo(tags.plain());
    }

    @Test
    void doNotMatchOtherTags() {
        assertThat(tags.match(null, true)).isNull();
        assertThat(tags.match("", true)).isNull();
        assertThat(tags.match("*", true)).isNull();
        assertThat(tags.match("\"other\"", true)).isNull();
        assertThat(tags.match(tags.plain().replace("\"", ""), true)).isNull();
        assertThat(tags.match(tags.gzip(), false))
                .as("the client does not accept gzip")
                .isNull();
    }

    @Test
    void asteriskMatchesAnything() {
        assertThat(EntityTags.isAny(" * ")).isTrue();
        assertThat(EntityTags.isAny("\"*\"")).isFalse();
        assertThat(EntityTags.isAny(null)).isFalse();
    }
}
