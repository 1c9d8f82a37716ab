package org.ergograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ListsTest {
    private final FakeUpstream upstream = new FakeUpstream();

    private Discovered read(int maxItems) {
        return new Lists(upstream, Duration.ofSeconds(1), maxItems, "")
                .read()
                .toCompletableFuture()
                .join();
    }

    private static String tool(String name) {
        return "{'name':'" + name + "','inputSchema':{'type':'object'},'vendor':[1]}";
    }

    @Test
    void everyPageOfEveryListIsReadAndNothingOfItIsLost() {
        upstream.on("tools/list", request -> {
            String cursor = request.params().getString("cursor", "");
            String page = cursor.isEmpty()
                    ? "{'tools':[" + tool("a") + "],'nextCursor':'1'}"
                    : cursor.equals("1") ? "{'tools':[],'nextCursor':'2'}" : "{'tools':[" + tool("b") + "]}";
            return CompletableFuture.completedFuture(Texts.json(page));
        });
        upstream.answers("resources/list", "{'resources':[{'uri':'a:b','name':'r'}]}");
        upstream.answers("resources/templates/list", "{'resourceTemplates':[{'uriTemplate':'a:{b}','name':'t'}]}");
        upstream.answers("prompts/list", "{'prompts':[{'name':'p'}]}");

        Discovered found = read(10);

        assertThat(found.tools()).containsExactly(Texts.json(tool("a")), Texts.json(tool("b")));
        assertThat(found.resources()).hasSize(1);
        assertThat(found.templates()).hasSize(1);
        assertThat(found.prompts()).hasSize(1);
        assertThat(found.truncated()).isFalse();
        assertThat(found.ignored()).isZero();
    }

    @Test
    void serverIsAskedOnlyForWhatItSaysItHas() {
        upstream.capabilities = Texts.json("{'prompts':{}}");
        upstream.answers("prompts/list", "{'prompts':[]}");
        read(10);
        assertThat(upstream.requests()).extracting(UpstreamRequest::method).containsExactly("prompts/list");
    }

    @Test
    void whatClientsCouldNotReadIsLeftOutAndCounted() {
        upstream.capabilities = Texts.json("{'tools':{}}");
        upstream.answers(
                "tools/list",
                "{'tools':[" + tool("a") + ",{'name':'b'},{'inputSchema':{}},{'name':1,'inputSchema':{}},7]}");
        Discovered found = read(10);
        assertThat(found.tools()).hasSize(1);
        assertThat(found.ignored()).isEqualTo(4);
    }

    @Test
    void moreThanIsTakenIsNotAskedFor() {
        upstream.capabilities = Texts.json("{'tools':{}}");
        upstream.answers("tools/list", "{'tools':[" + tool("a") + "," + tool("b") + "],'nextCursor':'x'}");
        Discovered found = read(1);
        assertThat(found.tools()).hasSize(1);
        assertThat(found.truncated()).isTrue();
        assertThat(upstream.requests()).hasSize(1);
    }

    @Test
    void serverThatGivesTheSameCursorForEverIsLeft() {
        upstream.capabilities = Texts.json("{'tools':{}}");
        upstream.answers("tools/list", "{'tools':[],'nextCursor':'x'}");
        assertThat(read(1).truncated()).isTrue();
        assertThat(upstream.requests()).hasSize(2);
    }

    @Test
    void listThatTheServerDoesNotKnowIsEmpty() {
        upstream.capabilities = Texts.json("{'resources':{}}");
        upstream.answers("resources/list", "{'resources':[]}");
        upstream.on("resources/templates/list", request -> CompletableFuture.failedFuture(unknown()));
        assertThat(read(1).templates()).isEmpty();
    }

    private static UpstreamException unknown() {
        JsonObject error = Texts.json("{'code':-32601,'message':'Method not found'}");
        return new UpstreamException(UpstreamException.Reason.PROTOCOL, "error", error);
    }

    @Test
    void listThatCannotBeReadFailsTheReading() {
        upstream.fails("tools/list", UpstreamException.Reason.TIMEOUT);
        assertThatThrownBy(() -> read(1)).hasCauseInstanceOf(UpstreamException.class);
    }
}
