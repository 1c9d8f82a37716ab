package org.ergograph.history;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A node that has written rows. */
@Entity
@Table(name = "node")
class NodeRow {
    @Id
    int number;

    String name;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields in
    NodeRow() {}
}
