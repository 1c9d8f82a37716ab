package org.ergograph.history.names;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A node that has written rows. */
@Entity
@Table(name = "node")
public class NodeRow {
    @Id
    public int number;

    public String name;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields in
    public NodeRow() {}
}
