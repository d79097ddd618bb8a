package id.detak.http;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.BesideTheApplication;
import org.junit.jupiter.api.Test;

@BesideTheApplication
class EntityTagsTest {

    private final EntityTags tags = EntityTags.of("program", "stamp");

    @Test
    void areStrongAndOthersForEachEncodingStampAndProgram() {
        assertThat(tags.plain()).matches("\"[A-Za-z0-9_-]{24}\"");
        assertThat(tags.gzip()).matches("\"[A-Za-z0-9_-]{24}-gzip\"");
        assertThat(tags).isEqualTo(EntityTags.of("program", "stamp")).isNotEqualTo(EntityTags.of("program", "stamp2")).isNotEqualTo(EntityTags.of("program2", "stamp"));
    }

    @Test
    void areFoundInListsAndComparedWeakly() {
        assertThat(tags.heldBy(tags.plain(), false)).isEqualTo(tags.plain());
        assertThat(tags.heldBy("W/" + tags.plain(), false)).isEqualTo(tags.plain());
        assertThat(tags.heldBy("\"a\", \"b,c\"," + tags.plain() + " , \"d\"", false)).isEqualTo(tags.plain());
        assertThat(tags.heldBy(tags.plain() + ", " + tags.gzip(), true)).isEqualTo(tags.gzip());
        assertThat(tags.heldBy(tags.plain(), true)).isEqualTo(tags.plain());
    }

    @Test
    void areNotTakenForOthers() {
        assertThat(tags.heldBy(null, true)).isNull();
        assertThat(tags.heldBy("", true)).isNull();
        assertThat(tags.heldBy("*", true)).isNull();
        assertThat(tags.heldBy("\"other\"", true)).isNull();
        assertThat(tags.heldBy(tags.plain().replace("\"", ""), true)).isNull();
        assertThat(tags.heldBy(tags.gzip(), false)).as("the gzip form is none for whoever takes no gzip").isNull();
    }

    @Test
    void anAsteriskIsAny() {
        assertThat(EntityTags.isAny(" * ")).isTrue();
        assertThat(EntityTags.isAny("\"*\"")).isFalse();
        assertThat(EntityTags.isAny(null)).isFalse();
    }
}
