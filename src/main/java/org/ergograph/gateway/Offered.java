package org.ergograph.gateway;

import jakarta.json.JsonObject;

/** Something that an upstream server offers. */
interface Offered {
    Link link();

    /** The server's own name or URI of it. */
    String original();

    /** As clients see it. */
    JsonObject json();
}
