package org.ergograph.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CursorTest {
    @Test
    void keysComeBack() {
        String cursor = Cursor.encode("servers", "café-\uD83D\uDE00", "", "3");
        assertThat(cursor).matches("[A-Za-z0-9_-]+");
        assertThat(Cursor.decode(cursor, "servers", 3)).containsExactly("café-\uD83D\uDE00", "", "3");
    }

    @Test
    void cursorOfAnotherListOrShapeIsRefused() {
        String cursor = Cursor.encode("servers", "a");
        assertThatThrownBy(() -> Cursor.decode(cursor, "audit", 1)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> Cursor.decode(cursor, "servers", 2)).isInstanceOf(ProblemException.class);
    }

    @Test
    void everyEditIsRefusedAndNothingElseIsThrown() {
        String cursor = Cursor.encode("servers", "0192f0c1-aaaa", "name");
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_!= \u00e9";
        Random random = new Random(7);
        for (int i = 0; i < 5000; i++) {
            StringBuilder edited = new StringBuilder(cursor);
            int at = random.nextInt(cursor.length() - 1);
            switch (random.nextInt(3)) {
                case 0 -> edited.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
                case 1 -> edited.deleteCharAt(at);
                default -> edited.setLength(at);
            }
            if (!edited.toString().equals(cursor)) {
                ProblemException e = catchThrowableOfType(
                        ProblemException.class, () -> Cursor.decode(edited.toString(), "servers", 2));
                assertThat(e).as(edited.toString()).isNotNull();
                assertThat(e.problem().errors())
                        .extracting(Problem.Fault::field)
                        .containsExactly("cursor");
            }
        }
    }
}
