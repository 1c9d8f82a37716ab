package org.ergograph.history.names;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A text that rows carry as a number: an error type or a principal. */
@Entity
@Table(name = "term")
public class TermRow {
    /** The number that stands for no text. */
    public static final int NONE = 0;

    @Id
    public int number;

    public String text;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields in
    public TermRow() {}
}
