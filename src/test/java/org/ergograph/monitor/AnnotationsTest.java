package org.ergograph.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.transaction.Transactional;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.SubmissionPublisher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnnotationsTest {
    static class Plain {
        void none() {}

        @Transactional
        void required() {}

        @Transactional(value = Transactional.TxType.SUPPORTS)
        void supports() {}

        @Transactional(value = Transactional.TxType.REQUIRES_NEW, rollbackOn = NeverException.class)
        void requiresNew() {}

        void sync() {}

        List<String> list() {
            return List.of();
        }

        CompletionStage<String> stage() {
            return new CompletableFuture<>();
        }

        CompletableFuture<String> future() {
            return new CompletableFuture<>();
        }

        Future<String> plainFuture() {
            return new CompletableFuture<>();
        }

        Object object() {
            return "";
        }

        Flow.Publisher<String> publisher() {
            return new SubmissionPublisher<>();
        }

        SubmissionPublisher<String> submission() {
            return new SubmissionPublisher<>();
        }
    }

    private static final class NeverException extends RuntimeException {}

    @Transactional
    static class Whole {
        void inherited() {}

        @Transactional(Transactional.TxType.NEVER)
        void never() {}
    }

    /** As a container names the class that it generates. */
    private static final class Plain$Proxy$_$$_WeldSubclass extends Plain {}

    @ParameterizedTest(name = "{0}.{1} may open a transaction: {2}")
    @CsvSource({
        "Plain, none, false",
        "Plain, required, true",
        "Plain, supports, false",
        "Plain, requiresNew, true",
        "Whole, inherited, true",
        "Whole, never, false"
    })
    void transactionIsOpenedByWhatSaysSo(String bean, String method, boolean opens) throws NoSuchMethodException {
        Class<?> type = bean.equals("Plain") ? Plain.class : Whole.class;

        assertThat(Annotations.opensTransaction(type, type.getDeclaredMethod(method)))
                .isEqualTo(opens);
    }

    @ParameterizedTest(name = "{0} is over: {1}")
    @CsvSource({
        "sync, NOW",
        "list, NOW",
        "stage, STAGE",
        "future, STAGE",
        "plainFuture, STAGE",
        "object, STAGE",
        "publisher, PUBLISHER",
        "submission, NOW"
    })
    void returnTypeTellsWhenTheWorkIsOver(String method, Returns returns) throws NoSuchMethodException {
        assertThat(Returns.of(Plain.class.getDeclaredMethod(method))).isEqualTo(returns);
    }

    @Test
    void defaultNameIsThatOfTheClassInTheSource() throws NoSuchMethodException {
        assertThat(Annotations.defaultName(Plain$Proxy$_$$_WeldSubclass.class, Plain.class.getDeclaredMethod("none")))
                .isEqualTo("Plain.none");
    }
}
