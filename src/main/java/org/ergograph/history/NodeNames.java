package org.ergograph.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.ergograph.history.names.Names;

/** The numbers of names, those of the nodes that once wrote into this node's journal included. Not thread-safe. */
final class NodeNames {
    private final Names own;
    private final Map<String, Names> others = new HashMap<>();
    private final String node;

    NodeNames(String node) {
        this.node = node;
        this.own = new Names(node);
    }

    /** The names as this node knows them. */
    Names names() {
        return own;
    }

    /** This node's number. May end the connection's transaction. */
    int number(Connection connection, int timeoutSeconds) throws SQLException {
        return own.node(connection, timeoutSeconds);
    }

    /** The number of the node of that name. May end the connection's transaction. */
    int number(Connection connection, String name, int timeoutSeconds) throws SQLException {
        Names known = name.equals(node) ? own : others.computeIfAbsent(name, Names::new);
        return known.node(connection, timeoutSeconds);
    }
}
