package id.detak.intake;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.capture.SourceProblem;
import id.detak.capture.SourceProblem.Kind;
import id.detak.notify.MessageEvent;
import id.detak.platform.language.Language;
import id.detak.testsupport.BesideTheApplication;
import id.detak.testsupport.EnglishWords;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The texts of messages about sources in both languages. */
@BesideTheApplication
class SourceTextTest {

    private static final Instant SINCE = Instant.parse("2026-11-23T02:35:00Z");
    private static final String REASON = "Missing, though most strips before contained it: EMAS, RD. SAHAM.";

    @Test
    void reasonsAreTranslated() {
        SourceProblem problem = new SourceProblem("kontan", Kind.INCOMPLETE, REASON, SINCE);
        assertThat(SourceText.of(problem, MessageEvent.REMINDER, SINCE, null, Language.ENGLISH))
                .isEqualTo("Reminder: The page of kontan has been incomplete since 23 Nov 2026 09:35 WIB. " + REASON
                        + " Its layout may have changed; the pages are kept.");
        assertThat(SourceText.of(problem, MessageEvent.REMINDER, SINCE, null, Language.INDONESIAN))
                .isEqualTo(
                        "Pengingat: Halaman kontan tidak lengkap sejak 23 Nov 2026 09.35 WIB. Tidak ada, padahal ada di sebagian besar strip sebelumnya: EMAS, RD. SAHAM. Tata letaknya mungkin berubah; halamannya disimpan.");
    }

    @ParameterizedTest
    @EnumSource
    void noIndonesianTextHasEnglishWords(Kind kind) {
        SourceProblem problem = new SourceProblem("kontan", kind, REASON, SINCE);
        problem.addGoodPoll(SINCE.plusSeconds(300));
        problem.addBadPoll(kind, REASON, SINCE.plusSeconds(600));
        for (MessageEvent event :
                new MessageEvent[] {MessageEvent.FIRING, MessageEvent.REMINDER, MessageEvent.RESOLVED}) {
            for (Duration later : new Duration[] {Duration.ofHours(1), Duration.ofDays(8)}) {
                String text = SourceText.of(problem, event, SINCE.plus(later), SINCE.plus(later), Language.INDONESIAN);
                assertThat(EnglishWords.in(text)).as(text).isEmpty();
                assertThat(text).doesNotContain("{", "[", "  ").endsWith(".");
            }
        }
    }
}
