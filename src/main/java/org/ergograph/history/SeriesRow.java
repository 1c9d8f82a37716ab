package org.ergograph.history;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** What the rows of one series have in common. */
@Entity
@Table(name = "series")
class SeriesRow {
    @Id
    long id;

    String kind;
    String name;

    @Column(name = "attribute_1")
    String first;

    /** Empty where the kind has one attribute only. */
    @Column(name = "attribute_2")
    String second;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields in
    SeriesRow() {}
}
