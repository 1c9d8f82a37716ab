package org.ergograph.monitor;

/** What a measured bean inherits. */
class SampleQueries {
    void count() {}
}
