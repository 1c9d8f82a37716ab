package org.ergograph.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KernelTotalsTest {
    @Test
    void networkIsAllInterfacesButLoopback() {
        assertThat(KernelTotals.network(List.of(
                        "Inter-|   Receive                            |  Transmit",
                        " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs",
                        "    lo:  599644    3251    0    0    0     0          0         0   599644    3251    0",
                        "  eth0: 1000 10 0 0 0 0 0 0 200 12 0 0 0 0 0 0",
                        "  eth1:30 10 0 0 0 0 0 0 4 12 0 0 0 0 0 0")))
                .contains(new Transfer(1_030, 204));
    }

    @Test
    void networkIsUnknownWithoutAnInterface() {
        assertThat(KernelTotals.network(List.of())).isEmpty();
        assertThat(KernelTotals.network(List.of("    lo: 1 1 0 0 0 0 0 0 1 1 0")))
                .isEmpty();
        assertThat(KernelTotals.network(List.of("  eth0: 1 2"))).isEmpty();
    }

    @Test
    void disksAreWholeDevicesInSectorsOf512Bytes() {
        assertThat(KernelTotals.disks(List.of(
                        "   8       0 sda 1 1 10 1 1 1 20 1 0 1 1",
                        "   8       1 sda1 1 1 9 1 1 1 9 1 0 1 1",
                        " 259       0 nvme0n1 1 1 100 1 1 1 200 1 0 1 1",
                        " 259       1 nvme0n1p1 1 1 99 1 1 1 99 1 0 1 1",
                        " 179       0 mmcblk0 1 1 1 1 1 1 2 1 0 1 1",
                        " 179       1 mmcblk0p2 1 1 99 1 1 1 99 1 0 1 1",
                        " 253       0 dm-0 1 1 99 1 1 1 99 1 0 1 1",
                        "   9       0 md127 1 1 99 1 1 1 99 1 0 1 1",
                        "   7       0 loop0 1 1 99 1 1 1 99 1 0 1 1",
                        " 252       0 zram0 1 1 99 1 1 1 99 1 0 1 1",
                        "  11       0 sr0 1 1 99 1 1 1 99 1 0 1 1")))
                .contains(new Transfer(111 * 512, 222 * 512));
    }

    @Test
    void partitionWithoutItsDeviceCounts() {
        assertThat(KernelTotals.disks(List.of(" 202 1 xvda1 1 1 10 1 1 1 20 1 0 1 1")))
                .contains(new Transfer(5_120, 10_240));
    }

    @Test
    void disksAreUnknownWithoutADevice() {
        assertThat(KernelTotals.disks(List.of())).isEmpty();
        assertThat(KernelTotals.disks(List.of("nonsense", "", " 7 0 loop0 1 1 9 1 1 1 9 1 0 1 1")))
                .isEmpty();
    }
}
