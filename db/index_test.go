package db_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/indexing"
	"github.com/ietf-tools/bibxml/db/dbtest"
)

func TestPublishIsAllOrNothing(t *testing.T) {
	t.Parallel()
	d := library(t)
	before, err := d.Index(0).Blobs(t.Context(), "rfcs")
	require.NoError(t, err)
	require.Len(t, before, 3)
	failed := errors.New("failed")
	err = d.Index(0).Publish(t.Context(), "rfcs", func(ctx context.Context, w indexing.Writer) error {
		if err := w.Put(ctx, []*indexing.Record{{Ref: "new", Document: 1, Body: "{}", Original: []byte("{}"), Alone: &indexing.Document{ID: 1, Datasets: []string{"rfcs"}}}}); err != nil {
			return err
		}
		if err := w.Remove(ctx, []string{"RFC9000"}); err != nil {
			return err
		}
		return failed
	})
	require.ErrorIs(t, err, failed)
	require.ErrorContains(t, err, "publish rfcs")
	after, err := d.Index(0).Blobs(t.Context(), "rfcs")
	require.NoError(t, err)
	require.Equal(t, before, after)
}

func TestPutTellsOfItsFailureLater(t *testing.T) {
	t.Parallel()
	d := library(t)
	err := d.Index(0).Publish(t.Context(), "rfcs", func(ctx context.Context, w indexing.Writer) error {
		return w.Put(ctx, []*indexing.Record{{Ref: "new", Body: "no JSON", Original: []byte("no JSON"), Alone: &indexing.Document{Datasets: []string{"rfcs"}}}})
	})
	require.ErrorContains(t, err, "invalid input syntax for type json")
}

func TestPublishNeedsTheLease(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t)
	err := d.Index(1).Publish(t.Context(), "rfcs", func(context.Context, indexing.Writer) error {
		t.Error("written without the lease")
		return nil
	})
	require.Equal(t, fault.Conflict, fault.Of(err), "%v", err)
}

// A worker that takes the lease over waits for the transaction of the one before it.
func TestLeaseCannotBeTakenWhilePublishing(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t)
	taken := make(chan error, 1)
	err := d.Index(0).Publish(t.Context(), "rfcs", func(ctx context.Context, _ indexing.Writer) error {
		short, cancel := context.WithTimeout(ctx, 200*time.Millisecond)
		defer cancel()
		_, early := d.Pool().Exec(short, "UPDATE index_lease SET epoch = epoch + 1")
		if early == nil {
			return errors.New("taken over within the transaction")
		}
		go func() {
			_, err := d.Pool().Exec(context.Background(), "UPDATE index_lease SET epoch = epoch + 1")
			taken <- err
		}()
		return nil
	})
	require.NoError(t, err)
	require.NoError(t, <-taken)
}

func TestBlobsOfTheArchive(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t)
	index(t, d, indexing.Archive, files{"bibxml/reference.RFC.1.xml": "<reference/>"})
	blobs, err := d.Index(0).Blobs(t.Context(), indexing.Archive)
	require.NoError(t, err)
	require.Len(t, blobs, 1)
	require.Contains(t, blobs, "bibxml/reference.RFC.1.xml")
}

func TestStateOfUnknownSource(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t)
	state, err := d.Index(0).State(t.Context(), "rfcs")
	require.NoError(t, err)
	require.Zero(t, state)
	require.NoError(t, d.Index(0).Checked(t.Context(), "rfcs"))
}
