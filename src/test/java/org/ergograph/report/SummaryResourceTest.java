package org.ergograph.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.ergograph.observation.Kind;
import org.ergograph.web.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SummaryResourceTest {
    @Test
    void withoutAKindAllAreMeant() {
        assertThat(SummaryResource.kind(Map.of())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void kindIsNamedAsInTheAnswer(Kind kind) {
        assertThat(SummaryResource.kind(Map.of("kind", List.of(kind.label())))).contains(kind);
    }

    @Test
    void unknownKindIsABadRequestThatNamesWhatIsAllowed() {
        assertThatThrownBy(() -> SummaryResource.kind(Map.of("kind", List.of("HTTP"))))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().status()).isEqualTo(400);
                    assertThat(e.problem().detail())
                            .isEqualTo("kind is 'HTTP': must be one of "
                                    + "http, db, workflow, tool, mcp, external, method, admin");
                });
    }

    @Test
    void hoursAreADayUnlessSaid() {
        assertThat(SummaryResource.hours(Map.of("hours", List.of("")))).isEqualTo(24);
        assertThat(SummaryResource.hours(Map.of("hours", List.of("720")))).isEqualTo(720);
        assertThatThrownBy(() -> SummaryResource.hours(Map.of("hours", List.of("17521"))))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("hours is '17521': must be a whole number from 1 to 17520");
    }

    @Test
    void unknownParameterIsABadRequest() {
        assertThatThrownBy(() -> SummaryResource.kind(Map.of("colour", List.of("red"))))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("colour is 'red'");
    }
}
