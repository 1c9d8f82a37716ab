package org.ergograph.web;

import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The forms in which a list is answered. */
public enum AnswerFormat {
    JSON(MediaType.APPLICATION_JSON, MediaType.APPLICATION_JSON),
    CSV("text/csv", Csv.MEDIA_TYPE),
    NDJSON(AnswerFormat.NDJSON_TYPE, AnswerFormat.NDJSON_TYPE);

    /** The media type of JSON objects, each on a line. */
    public static final String NDJSON_TYPE = "application/x-ndjson";

    private final String asked;
    private final String mediaType;

    AnswerFormat(String asked, String mediaType) {
        this.asked = asked;
        this.mediaType = mediaType;
    }

    /** The media type of the answer. */
    public String mediaType() {
        return mediaType;
    }

    /** The first that is acceptable; JSON if none is. */
    public static AnswerFormat of(List<MediaType> acceptable) {
        // They come by falling preference.
        for (MediaType wanted : acceptable) {
            for (AnswerFormat format : values()) {
                if (wanted.isCompatible(MediaType.valueOf(format.asked))) {
                    return format;
                }
            }
        }
        return JSON;
    }
}
