package org.ergograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ergograph.web.ProblemException;
import org.ergograph.web.QueryParameters;
import org.junit.jupiter.api.Test;

class DiscoveryResourceTest {
    private final Fixture gateway = new Fixture();
    private final Map<String, Offered> tools = new LinkedHashMap<>();

    DiscoveryResourceTest() {
        for (String name : List.of("write", "read", "list")) {
            tools.put("files__" + name, gateway.tool(name, "{'readOnlyHint':true}"));
        }
    }

    private JsonObject page(Map<String, List<String>> query) {
        return DiscoveryResource.page(
                new QueryParameters(query), "tools", tools, List.of(new Offers.Hidden("mail", "files__read", "files")));
    }

    private static List<String> names(JsonObject page) {
        return page.getJsonArray("items").getValuesAs(JsonObject.class).stream()
                .map(item -> item.getString("name"))
                .toList();
    }

    @Test
    void toolIsShownWithItsServerSchemaHintsAndHealth() {
        JsonObject item = page(Map.of("tools", List.of("files__read")))
                .getJsonArray("items")
                .getJsonObject(0);
        assertThat(item)
                .isEqualTo(Texts.json("{'name':'files__read','inputSchema':{'type':'object'},"
                        + "'annotations':{'readOnlyHint':true},'server':'files','original':'read',"
                        + "'health':'unknown','healthReason':null}"));
    }

    @Test
    void namesThatAreNotThereAreReported() {
        JsonObject page = page(Map.of("tools", List.of("files__read, files__gone,other__x")));
        assertThat(names(page)).containsExactly("files__read");
        assertThat(page.getJsonArray("unknown").getValuesAs(JsonString::getString))
                .containsExactly("files__gone", "other__x");
        assertThat(page.getJsonArray("hidden")).hasSize(1);
    }

    @Test
    void pagesFollowEachOtherInTheOrderOfNames() {
        JsonObject first = page(Map.of("limit", List.of("2")));
        assertThat(names(first)).containsExactly("files__list", "files__read");
        JsonObject second = page(Map.of("limit", List.of("2"), "cursor", List.of(first.getString("nextCursor"))));
        assertThat(names(second)).containsExactly("files__write");
        assertThat(second.isNull("nextCursor")).isTrue();
        assertThat(page(Map.of("limit", List.of("3"))).isNull("nextCursor"))
                .as("a full last page is the last")
                .isTrue();
    }

    @Test
    void otherServersToolsAreLeftOutOnRequestAndUnknownParametersRefused() {
        assertThat(names(page(Map.of("server", List.of("mail"))))).isEmpty();
        assertThatThrownBy(() -> page(Map.of("tool", List.of("x")))).isInstanceOf(ProblemException.class);
    }
}
