package id.detak.capture;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/** Enums as the words that JSON uses. */
final class EnumConverters {

    private EnumConverters() {
    }

    @Converter(autoApply = true)
    public static class OutcomeConverter implements AttributeConverter<FetchOutcome, String> {

        @Override
        public String convertToDatabaseColumn(FetchOutcome outcome) {
            return outcome == null ? null : outcome.word();
        }

        @Override
        public FetchOutcome convertToEntityAttribute(String word) {
            return word == null ? null : FetchOutcome.of(word);
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
