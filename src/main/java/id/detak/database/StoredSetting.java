package id.detak.database;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A row of the table {@code setting}. */
@Entity
@Table(name = "setting")
class StoredSetting {

    @Id
    @Column(name = "key")
    String name;

    @Column(name = "value", nullable = false)
    String text;

    protected StoredSetting() {}
}
