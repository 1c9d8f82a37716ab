package org.ergograph.history.names;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** What the rows of one series have in common. */
@Entity
@Table(name = "series")
public class SeriesRow {
    /** The kind of what is no observation but a {@link org.ergograph.observation.Sample}; its attributes are name and unit. */
    public static final String SAMPLE = "sample";

    @Id
    public int number;

    /** A kind's label, or {@link #SAMPLE}. */
    public String kind;

    public String name;

    @Column(name = "attribute_1")
    public String first;

    /** Empty where the kind has one attribute only. */
    @Column(name = "attribute_2")
    public String second;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields in
    public SeriesRow() {}
}
