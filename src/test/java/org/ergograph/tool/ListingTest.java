package org.ergograph.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListingTest {
    private static Listing<Integer> numbers(int count) {
        Map<String, Integer> items = new HashMap<>();
        for (int i = 0; i < count; i++) {
            items.put("%05d".formatted(i), i);
        }
        return Listing.of(items, i -> JsonValues.object().add("n", i).build(), null);
    }

    @Test
    void pagesFollowEachOtherInTheOrderOfTheKeys() {
        Listing<Integer> listing = numbers(Listing.PAGE_SIZE + 1);
        Listing.Page first = listing.page(null);
        Listing.Page second = listing.page(first.nextCursor());

        assertThat(first.json()).startsWith("[{\"n\":0},{\"n\":1}").endsWith("{\"n\":499}]");
        assertThat(second.json()).isEqualTo("[{\"n\":500}]");
        assertThat(second.nextCursor()).isNull();
    }

    @Test
    void fullPageWithNothingBehindItIsTheLast() {
        assertThat(numbers(Listing.PAGE_SIZE).page(null).nextCursor()).isNull();
    }

    @Test
    void emptyListHasAnEmptyPage() {
        assertThat(numbers(0).page(null)).isEqualTo(new Listing.Page("[]", null));
    }

    @Test
    void textOfAPageIsMadeOnce() {
        Listing<Integer> listing = numbers(3);

        assertThat(listing.page(null).json()).isSameAs(listing.page(null).json());
    }

    @Test
    void cursorOfSomebodyElseIsRefused() {
        assertThatThrownBy(() -> numbers(3).page("%"))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("cursor");
    }
}
