/** The record: takes every observation through a bounded queue, writes it to the database in batches, and answers questions about it. */
@NullMarked
package org.ergograph.history;

import org.jspecify.annotations.NullMarked;
