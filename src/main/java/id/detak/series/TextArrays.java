package id.detak.series;

import java.util.Collection;
import java.util.function.Function;

/** Parameters with many values, as arrays of texts, which PostgreSQL casts. */
final class TextArrays {

    private TextArrays() {}

    /** One column of rows; no value may be null. */
    static <T> String[] of(Collection<T> rows, Function<? super T, ?> column) {
        return rows.stream().map(column).map(Object::toString).toArray(String[]::new);
    }
}
