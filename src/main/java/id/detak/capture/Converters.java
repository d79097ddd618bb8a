package id.detak.capture;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/** Enums as the words that JSON uses. */
final class Converters {

    private Converters() {
    }

    @Converter(autoApply = true)
    public static class OutcomeConverter implements AttributeConverter<Outcome, String> {

        @Override
        public String convertToDatabaseColumn(Outcome outcome) {
            return outcome == null ? null : outcome.word();
        }

        @Override
        public Outcome convertToEntityAttribute(String word) {
            return word == null ? null : Outcome.of(word);
        }
    }

    @Converter(autoApply = true)
    public static class ViaConverter implements AttributeConverter<Via, String> {

        @Override
        public String convertToDatabaseColumn(Via via) {
            return via == null ? null : via.word();
        }

        @Override
        public Via convertToEntityAttribute(String word) {
            return word == null ? null : Via.of(word);
        }
    }
}
