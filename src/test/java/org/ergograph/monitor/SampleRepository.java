package org.ergograph.monitor;

import jakarta.enterprise.context.Dependent;

/** A bean that is measured as a class, with one method that says otherwise. */
@Dependent
@MonitoredDbOperation(operation = "any", table = "orders")
class SampleRepository extends SampleQueries {
    void save() {}

    @MonitoredDbOperation(operation = "select", table = "orders")
    void find() {}
}
