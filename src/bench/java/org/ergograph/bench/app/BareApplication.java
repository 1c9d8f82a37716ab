package org.ergograph.bench.app;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The bare application: the same endpoint without Ergograph. */
@ApplicationPath("/api/v1")
public class BareApplication extends Application {}
