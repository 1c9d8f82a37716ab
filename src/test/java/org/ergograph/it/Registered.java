package org.ergograph.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * An upstream server in the registry, until it is taken out.
 *
 * @param base of the server whose registry it is in
 */
public record Registered(URI base, String name, String id) {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** Registers a server over REST, and waits until the gateway offers its tool {@code add}. */
    public static Registered server(URI base, String name, String url) throws Exception {
        HttpResponse<String> created = CLIENT.send(
                HttpRequest.newBuilder(base.resolve("/api/v1/servers"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"name\":\"" + name + "\",\"url\":\"" + url + "\"}"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        Registered registered =
                new Registered(base, name, Json.object(created.body()).getString("id"));
        McpCaller caller = new McpCaller(base.resolve("/mcp"), McpCaller.MODERN);
        Await.until("the tools of " + name + " are listed", caller::tools, tools -> tools.contains(name + "__add"));
        return registered;
    }

    /** Takes it out of the registry. */
    public void remove() throws Exception {
        HttpResponse<String> deleted = CLIENT.send(
                HttpRequest.newBuilder(base.resolve("/api/v1/servers/" + id))
                        .header("If-Match", "*")
                        .DELETE()
                        .build(),
                BodyHandlers.ofString());
        assertThat(deleted.statusCode()).as(deleted.body()).isEqualTo(204);
    }
}
