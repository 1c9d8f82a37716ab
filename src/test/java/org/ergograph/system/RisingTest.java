package org.ergograph.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class RisingTest {
    private final Rising rising = new Rising();

    @Test
    void totalFollowsTheReadingsAndNeverGoesDown() {
        assertThat(rising.next(Optional.of(new Transfer(100, 10)))).contains(new Transfer(100, 10));
        assertThat(rising.next(Optional.of(new Transfer(150, 20)))).contains(new Transfer(150, 20));
        assertThat(rising.next(Optional.of(new Transfer(30, 25)))).contains(new Transfer(150, 25));
        assertThat(rising.next(Optional.of(new Transfer(40, 26)))).contains(new Transfer(160, 26));
    }

    @Test
    void totalOutlivesAReadingThatFails() {
        assertThat(rising.next(Optional.empty())).isEmpty();
        assertThat(rising.next(Optional.of(new Transfer(5, 5)))).contains(new Transfer(5, 5));
        assertThat(rising.next(Optional.empty())).contains(new Transfer(5, 5));
    }
}
