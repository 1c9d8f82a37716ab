/** Sample tools and gentle traffic, for people who look around; off by default, and marked as made up wherever it shows. */
@NullMarked
package org.ergograph.demo;

import org.jspecify.annotations.NullMarked;
