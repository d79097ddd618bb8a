package id.detak.indicator;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

@Converter(autoApply = true)
public class KindConverter implements AttributeConverter<Kind, String> {

    @Override
    public String convertToDatabaseColumn(Kind kind) {
        return kind == null ? null : kind.word();
    }

    @Override
    public Kind convertToEntityAttribute(String word) {
        return word == null ? null : Kind.of(word);
    }
}
