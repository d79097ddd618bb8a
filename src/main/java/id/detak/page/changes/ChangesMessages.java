package id.detak.page.changes;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the page of changes in English; {@code messages/changes_id.properties} has them in Indonesian. */
@MessageBundle("changes")
public interface ChangesMessages {

    @Message("Changes")
    String title();

    @Message("How far each indicator is from where it was: its latest value against the close of the last trading day that is at least so long ago. A fund has no level, so it goes by its return index; a currency pair goes by its values, not by the printed sign. A dash: history does not reach that far.")
    String intro();

    @Message("{#switch column}{#case 'indicator'}Indicator{#case '1d'}1 day{#case '1w'}1 week{#case '1mo'}1 month{#case '3mo'}3 months{#case '6mo'}6 months{#case 'ytd'}This year{#case '1y'}1 year{#case 'all'}All{#case 'high52w'}From 52-week high{#case 'low52w'}From 52-week low{/switch}")
    String column(String column);

    @Message("Latest value")
    String latest();

    @Message("return index")
    String returnIndex();

    @Message("from {value} on {day}")
    String counted(String value, String day);

    @Message("No values yet.")
    String none();

    @Message("Worst drawdowns")
    String drawdowns();

    @Message("The deepest fall of each indicator's close from the highest close before it, over all that is known.")
    String drawdownsIntro();

    @Message("{peak} to {trough}")
    String fell(String peak, String trough);

    @Message("No close was ever below one before it.")
    String neverFell();
}
