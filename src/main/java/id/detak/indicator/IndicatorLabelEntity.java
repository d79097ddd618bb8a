package id.detak.indicator;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A label that is not the code of an indicator: another label of one, or a refused one. */
@Entity
@Table(name = "indicator_label")
class IndicatorLabelEntity {

    /** The label in upper case. */
    @Id
    String label;

    /** The indicator; null for a label that is refused because its indicator was deleted. */
    @Column(name = "indicator_id")
    Integer indicatorId;

    protected IndicatorLabelEntity() {}

    IndicatorLabelEntity(String label, Integer indicatorId) {
        this.label = label;
        this.indicatorId = indicatorId;
    }
}
