package org.ergograph.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerFormatTest {
    @ParameterizedTest
    @CsvSource({
        "*/*, JSON",
        "application/json, JSON",
        "text/csv, CSV",
        "text/*, CSV",
        "'text/csv; charset=UTF-8, application/json', CSV",
        "application/x-ndjson, NDJSON",
        "image/png, JSON"
    })
    void formatIsTheClientsFirstChoice(String accept, AnswerFormat format) {
        List<MediaType> acceptable = Arrays.stream(accept.split(",", -1))
                .map(part -> mediaType(part.strip()))
                .toList();
        assertThat(AnswerFormat.of(acceptable)).isEqualTo(format);
    }

    // Not by MediaType.valueOf, which needs a provider of JAX-RS.
    private static MediaType mediaType(String text) {
        String type = text.split(";", -1)[0];
        return new MediaType(type.split("/", -1)[0], type.split("/", -1)[1]);
    }
}
