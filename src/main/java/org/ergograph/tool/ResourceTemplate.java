package org.ergograph.tool;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A family of resources whose URIs follow a template of RFC 6570. Offered as a {@link Resource} is. Thread-safe. */
public interface ResourceTemplate {
    /** As {@code resources/templates/list} shows it, {@code uriTemplate} and {@code name} included. */
    JsonObject json();

    /** Whether this URI is one of the family. */
    boolean matches(String uri);

    /** The result of {@code resources/read} of a URI that {@link #matches}; {@link Call#name} is the URI. */
    CompletionStage<Answer> read(Call call);

    /**
     * Values that the variable may have, best first.
     *
     * @param variable name of a variable of the template
     * @param typed what the user has typed of it so far
     * @param call {@link Call#arguments} holds the variables that are known already
     */
    CompletionStage<List<String>> complete(String variable, String typed, Call call);
}
