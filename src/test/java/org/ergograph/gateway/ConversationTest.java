package org.ergograph.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.ergograph.observation.NotingRecorder;
import org.junit.jupiter.api.Test;

class ConversationTest {
    private final NotingRecorder time = new NotingRecorder();
    private final FakeUpstream upstream = new FakeUpstream();
    private final FakeConnector connector = new FakeConnector(upstream);
    private final List<String> heard = new ArrayList<>();
    private final Conversation conversation = new Conversation(
            connector,
            Fixture.server("files"),
            new UpstreamListener() {
                @Override
                public void listsChanged() {
                    heard.add("lists");
                }

                @Override
                public void resourceUpdated(String uri) {
                    heard.add(uri);
                }

                @Override
                public void refused(String method) {
                    heard.add("refused " + method);
                }

                @Override
                public void lost(String reason) {
                    heard.add("lost " + reason);
                }
            },
            time);

    private static String failure(CompletionStage<?> stage) {
        return stage.handle((value, e) ->
                        e == null ? "none" : UpstreamFailures.of(e).getMessage())
                .toCompletableFuture()
                .join();
    }

    @Test
    void itIsOpenedOnceForAllThatWait() {
        CompletableFuture<Upstream> opening = new CompletableFuture<>();
        connector.gives(opening);
        CompletionStage<Upstream> first = conversation.get();
        CompletionStage<Upstream> second = conversation.get();
        opening.complete(upstream);
        assertThat(first.toCompletableFuture().join()).isSameAs(upstream);
        assertThat(second.toCompletableFuture().join()).isSameAs(upstream);
        assertThat(conversation.get().toCompletableFuture().join()).isSameAs(upstream);
        assertThat(connector.opened).hasSize(1);
    }

    @Test
    void afterAFailureItIsNotTriedAgainBeforeAPauseThatGrows() {
        connector.refuses(UpstreamException.Reason.TRANSPORT);
        assertThat(failure(conversation.get())).isEqualTo("no connection");
        time.advanceMillis(999);
        assertThat(failure(conversation.get())).isEqualTo("no connection");
        assertThat(connector.opened).hasSize(1);
        time.advanceMillis(1);
        assertThat(failure(conversation.get())).isEqualTo("no connection");
        assertThat(connector.opened).hasSize(2);
        time.advanceMillis(1_999);
        assertThat(failure(conversation.get())).isEqualTo("no connection");
        assertThat(connector.opened).hasSize(2);
        time.advanceMillis(1);
        connector.gives(upstream);
        assertThat(failure(conversation.get())).isEqualTo("none");
        assertThat(connector.opened).hasSize(3);
    }

    @Test
    void checkOpensItWhateverThePause() {
        connector.refuses(UpstreamException.Reason.TRANSPORT);
        assertThat(failure(conversation.get())).isEqualTo("no connection");
        connector.gives(upstream);
        assertThat(failure(conversation.reopen())).isEqualTo("none");
        assertThat(failure(conversation.get())).isEqualTo("none");
        assertThat(connector.opened).hasSize(2);
    }

    @Test
    void reopeningClosesTheOldOne() {
        conversation.get();
        FakeUpstream other = new FakeUpstream();
        connector.gives(other);
        assertThat(conversation.reopen().toCompletableFuture().join()).isSameAs(other);
        assertThat(upstream.closed).isTrue();
        assertThat(other.closed).isFalse();
    }

    @Test
    void lostOneIsOpenedAgainWhenItIsNeeded() {
        conversation.get();
        connector.listener().lost("the stream ended");
        assertThat(heard).containsExactly("lost the stream ended");
        assertThat(failure(conversation.get())).isEqualTo("none");
        assertThat(connector.opened).hasSize(2);
    }

    @Test
    void whatAnOldOneSaysIsNotHeard() {
        conversation.get();
        UpstreamListener old = connector.listener();
        old.lost("x");
        conversation.get();
        heard.clear();
        old.listsChanged();
        old.lost("y");
        old.resourceUpdated("a:b");
        assertThat(heard).isEmpty();
        connector.listener().listsChanged();
        assertThat(heard).containsExactly("lists");
        assertThat(connector.opened).hasSize(2);
    }

    @Test
    void oneThatNeverOpensIsGivenUpAndClosedIfItDoesLater() {
        CompletableFuture<Upstream> opening = new CompletableFuture<>();
        connector.gives(opening);
        CompletionStage<Upstream> waiting = conversation.get();
        conversation.giveUp();
        assertThat(failure(waiting)).isEqualTo("the server did not begin a conversation");
        opening.complete(upstream);
        assertThat(upstream.closed).isTrue();
    }

    @Test
    void closedOneStaysClosed() {
        conversation.get();
        conversation.close();
        assertThat(upstream.closed).isTrue();
        assertThat(failure(conversation.get())).contains("no longer registered");
        assertThat(connector.opened).hasSize(1);
    }
}
