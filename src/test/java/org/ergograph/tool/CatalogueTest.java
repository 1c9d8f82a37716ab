package org.ergograph.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.ergograph.observation.NotingRecorder;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    private final NotingRecorder recorder = new NotingRecorder();
    private final List<Tool> own = new ArrayList<>(List.of(FakeTool.named("own")));
    private Source.Offer offer = Source.Offer.none();
    private boolean failing;
    private int asked;
    private final Source source = () -> {
        asked++;
        if (failing) {
            throw new IllegalStateException("gone");
        }
        return offer;
    };
    private final Catalogue catalogue =
            new Catalogue(() -> new Source.Offer(own, List.of(), List.of(), List.of()), List.of(source), recorder);
    private final List<String> heard = new ArrayList<>();

    CatalogueTest() {
        catalogue.listen(new Catalogue.Listener() {
            @Override
            public void listsChanged(boolean tools, boolean resources, boolean prompts) {
                heard.add((tools ? "t" : "") + (resources ? "r" : "") + (prompts ? "p" : ""));
            }

            @Override
            public void resourceUpdated(String uri) {
                heard.add(uri);
            }
        });
    }

    private static Source.Offer tools(Tool... tools) {
        return new Source.Offer(List.of(tools), List.of(), List.of(), List.of());
    }

    private List<String> names() {
        return catalogue.current().tools().items().stream()
                .map(tool -> tool.definition().name())
                .toList();
    }

    private String answer(String tool) {
        Answer answer =
                catalogue.call(new FakeCall(tool, "{}")).toCompletableFuture().getNow(null);
        return ((Answer.Complete) answer)
                .result()
                .getJsonArray("content")
                .getJsonObject(0)
                .getString("text");
    }

    @Test
    void sourcesAreNotAskedBeforeSomebodyWantsToKnow() {
        assertThat(asked).isZero();
        assertThat(names()).containsExactly("own");
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void whatASourceOffersComesWithTheRefreshAndIsHeardOf() {
        names();
        offer = tools(FakeTool.named("far"));
        catalogue.refresh();

        assertThat(names()).containsExactly("far", "own");
        assertThat(heard).containsExactly("t");
    }

    @Test
    void nobodyHearsOfARefreshThatShowsTheSame() {
        offer = tools(FakeTool.named("far"));
        String page = catalogue.current().tools().page(null).json();
        offer = tools(FakeTool.answering("far", call -> CompletableFuture.completedFuture(Answer.text("new"))));
        catalogue.refresh();

        assertThat(heard).isEmpty();
        assertThat(answer("far")).isEqualTo("new");
        assertThat(catalogue.current().tools().page(null).json()).isSameAs(page);
    }

    @Test
    void onlyListsThatChangedAreHeardOf() {
        names();
        offer = new Source.Offer(List.of(), List.of(new FakeResource("x://1")), List.of(), List.of());
        catalogue.refresh();
        offer = new Source.Offer(List.of(), List.of(new FakeResource("x://2")), List.of(), List.of());
        catalogue.refresh();
        catalogue.refresh();

        assertThat(heard).containsExactly("r", "r");
    }

    @Test
    void ourOwnToolWinsOverOneOfTheSameName() {
        offer = tools(FakeTool.answering("own", call -> CompletableFuture.completedFuture(Answer.text("theirs"))));

        assertThat(answer("own")).isEqualTo("own");
        assertThat(names()).containsExactly("own");
    }

    @Test
    void sourceThatFailsKeepsWhatItOfferedLast() {
        offer = tools(FakeTool.named("far"));
        names();
        failing = true;
        catalogue.refresh();

        assertThat(names()).containsExactly("far", "own");
        assertThat(answer("far")).isEqualTo("far");
        assertThat(heard).isEmpty();
        failing = false;
        offer = Source.Offer.none();
        catalogue.refresh();
        assertThat(names()).containsExactly("own");
        assertThat(heard).containsExactly("t");
    }

    @Test
    void sourceThatFailsAtOnceOffersNothing() {
        failing = true;

        assertThat(names()).containsExactly("own");
    }

    @Test
    void sourceWhoseResourceCannotBeShownCountsAsFailed() {
        offer = tools(FakeTool.named("far"));
        names();
        offer = new Source.Offer(List.of(), List.of(new FakeResource(null)), List.of(), List.of());
        catalogue.refresh();

        assertThat(names()).containsExactly("far", "own");
    }

    @Test
    void sourceWhoseToolHasABrokenSchemaCountsAsFailed() {
        names();
        offer = tools(FakeTool.named("far"), broken());
        catalogue.refresh();

        assertThat(names()).containsExactly("own");
    }

    @Test
    void brokenSchemaOfOurOwnIsToldByTheToolsName() {
        own.add(broken());

        assertThatThrownBy(catalogue::current)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("input schema of broken");
    }

    private static Tool broken() {
        return new FakeTool(
                ToolDefinition.of(
                        "broken", "test", "b", "b", "{\"type\":\"object\",\"properties\":3}", null, Hints.READ_ONLY),
                call -> new CompletableFuture<>());
    }

    @Test
    void toolThatStaysKeepsItsSeries() {
        offer = tools(FakeTool.named("far"));
        Tool before = catalogue.current().tools().find("far").orElseThrow();
        catalogue.refresh();

        assertThat(catalogue.current().tools().find("far")).containsSame(before);
    }

    @Test
    void unknownToolIsAnErrorOfTheRequest() {
        assertThatThrownBy(() -> answer("none\n"))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(ProtocolException.class)
                .hasMessage("there is no tool 'none_'");
        assertThat(recorder.observations()).isEmpty();
    }

    @Test
    void wrongArgumentsAreAnErrorOfTheToolAndRecorded() {
        own.add(new FakeTool(
                ToolDefinition.of(
                        "strict",
                        "test",
                        "s",
                        "s",
                        "{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"n\":{\"type\":\"number\"}}}",
                        null,
                        Hints.READ_ONLY),
                call -> new CompletableFuture<>()));
        Answer.Complete answer = (Answer.Complete) catalogue
                .call(new FakeCall("strict", "{\"n\":true}"))
                .toCompletableFuture()
                .getNow(null);

        assertThat(answer.errorType()).isEqualTo("invalid_arguments");
        assertThat(answer.result().getBoolean("isError")).isTrue();
        assertThat(answer.result().toString()).contains("n is true: must be a number");
        assertThat(recorder.only().errorType()).isEqualTo("invalid_arguments");
    }

    @Test
    void argumentsOfAnUpstreamsToolAreItsOwnAffair() {
        ToolDefinition strict = ToolDefinition.of(
                "far", "upstream", "f", "f", "{\"type\":\"object\",\"required\":[\"n\"]}", null, Hints.READ_ONLY);
        offer = tools(new FakeTool(
                new ToolDefinition("far", "upstream", strict.json(), false),
                call -> CompletableFuture.completedFuture(Answer.text("passed on"))));

        assertThat(answer("far")).isEqualTo("passed on");
    }

    /** @param address null makes one that cannot be shown */
    private record FakeResource(
            @org.jspecify.annotations.Nullable String address) implements Resource {
        @Override
        public String uri() {
            return String.valueOf(address);
        }

        @Override
        public JsonObject json() {
            if (address == null) {
                throw new IllegalStateException("cannot be shown");
            }
            return JsonValues.object().add("uri", address).add("name", address).build();
        }

        @Override
        public CompletionStage<Answer> read(Call call) {
            return new CompletableFuture<>();
        }
    }
}
